// @ts-check
/** The map of the figure task: two places, the distance between them, and a claimed distance as a circle. */
import { el, t } from "../kit.js";
import { distanceKm, kmToMiles } from "./measure.js";
import { choiceField, freshId, labelled, numberField, onceAFrame, shown, svg } from "./parts.js";

/** @typedef {import("./parts.js").Kit} Kit */
/** @typedef {import("./parts.js").Start} Start */
/** @typedef {{lat: number, lon: number}} Point degrees */
/** @typedef {{west: number, north: number, east: number, south: number, width: number, height: number,
 *   squeeze: number}} Frame what the map shows, in degrees, and its size in units of the picture */

/** The picture's width in its own units; its height follows from what it shows. */
const MAP_WIDTH = 360;
const LOWEST = 200;
const HIGHEST = 360;
/** Mean radius of the earth (IUGG), in kilometres: near enough to draw a circle. */
const RADIUS_KM = 6371.0088;
/** What an arrow key moves a place by, in degrees; with Shift ten times as far. */
const STEP = 0.01;
const BIG_STEP = 0.1;

/**
 * The frame around some places: an equirectangular map, squeezed at its middle latitude so that
 * a kilometre is as long to the east as to the north there.
 * @param {Point[]} places at least one
 * @param {number} [margin] part of the extent that is left free on each side
 * @returns {Frame}
 */
export function frameAround(places, margin = 0.12) {
	const lats = places.map((place) => place.lat);
	const lons = places.map((place) => place.lon);
	let [south, north] = [Math.min(...lats), Math.max(...lats)];
	let [west, east] = [Math.min(...lons), Math.max(...lons)];
	const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
	// Two places on one spot, or on one line, still need a piece of land around them.
	const extent = Math.max(north - south, (east - west) * squeeze, 0.2);
	const pad = extent * margin;
	[south, north] = [south - pad, north + pad];
	[west, east] = [west - pad / squeeze, east + pad / squeeze];
	const ratio = (north - south) / ((east - west) * squeeze);
	const height = Math.min(HIGHEST, Math.max(LOWEST, Math.round(MAP_WIDTH * ratio)));
	// Widen whichever side is too short for the picture.
	const want = height / MAP_WIDTH;
	if (ratio < want) {
		const more = ((east - west) * squeeze * want - (north - south)) / 2;
		[south, north] = [south - more, north + more];
	} else {
		const more = ((north - south) / want / squeeze - (east - west)) / 2;
		[west, east] = [west - more, east + more];
	}
	return { west, north, east, south, width: MAP_WIDTH, height, squeeze };
}

/**
 * Where a place stands in the picture.
 * @param {Frame} frame
 * @param {Point} place
 * @returns {[number, number]}
 */
export function toPicture({ west, north, east, south, width, height }, { lat, lon }) {
	return [((lon - west) / (east - west)) * width, ((north - lat) / (north - south)) * height];
}

/**
 * The place at a spot of the picture: toPicture turned back.
 * @param {Frame} frame
 * @param {number} x
 * @param {number} y
 * @returns {Point}
 */
export function toPlace({ west, north, east, south, width, height }, x, y) {
	return { lat: north - (y / height) * (north - south), lon: west + (x / width) * (east - west) };
}

/**
 * A place kept inside the frame, on hundredths of a degree.
 * @param {Frame} frame
 * @param {Point} place
 * @returns {Point}
 */
export function keptInside({ west, north, east, south }, { lat, lon }) {
	const tidy = (/** @type {number} */ value) => Math.round(value * 100) / 100;
	return {
		lat: tidy(Math.min(north, Math.max(south, lat))),
		lon: tidy(Math.min(east, Math.max(west, lon))),
	};
}

/**
 * Places on the circle around a centre, by the sphere.
 * @param {Point} centre
 * @param {number} km
 * @param {number} [count]
 * @returns {Point[]}
 */
export function circle(centre, km, count = 72) {
	const angle = km / RADIUS_KM;
	const lat = (centre.lat * Math.PI) / 180;
	return Array.from({ length: count }, (_, i) => {
		const bearing = (2 * Math.PI * i) / count;
		const sine =
			Math.sin(lat) * Math.cos(angle) + Math.cos(lat) * Math.sin(angle) * Math.cos(bearing);
		const east = Math.atan2(
			Math.sin(bearing) * Math.sin(angle) * Math.cos(lat),
			Math.cos(angle) - Math.sin(lat) * sine,
		);
		return { lat: (Math.asin(sine) * 180) / Math.PI, lon: centre.lon + (east * 180) / Math.PI };
	});
}

/**
 * A round length for the scale bar: the largest of 1, 2, 5, 10, ... that is no longer than a third
 * of the picture.
 * @param {Frame} frame
 * @returns {{km: number, width: number}} its length, and its width in the picture
 */
export function scaleBar(frame) {
	const lat = (frame.north + frame.south) / 2;
	const across = distanceKm({ lat, lon: frame.west }, { lat, lon: frame.east });
	const most = across / 3;
	const power = 10 ** Math.floor(Math.log10(most));
	const km = [5, 2, 1].map((n) => n * power).find((length) => length <= most) ?? power;
	return { km, width: (km / across) * frame.width };
}

/**
 * The path of lines through places.
 * @param {Frame} frame
 * @param {Point[]} places
 */
function path(frame, places) {
	const spots = places.map((place) =>
		toPicture(frame, place)
			.map((n) => n.toFixed(1))
			.join(" "),
	);
	return `M${spots.join("L")}Z`;
}

/**
 * The drawn map without what moves on it.
 * @param {Frame} frame
 * @param {Kit} kit
 * @param {Point} centre
 * @param {number} km the claimed distance; 0 for none
 */
function land(frame, { shapes, points, ui, language }, centre, km) {
	const scale = scaleBar(frame);
	const y = frame.height - 14;
	// A movable place is a marker to start from; it is no landmark.
	const dots = points.flatMap((place) => {
		if (place.movable) return [];
		const [x, top] = toPicture(frame, place);
		if (x < 0 || x > frame.width || top < 0 || top > frame.height) return [];
		const anchor = x > frame.width * 0.75 ? "end" : x < frame.width * 0.25 ? "start" : "middle";
		return [
			svg("circle", { class: "cd-dot", cx: x, cy: top, r: 3 }),
			svg(
				"text",
				// Above the pin, which may stand on the place.
				{ class: "cd-town", x, y: top - 18, "text-anchor": anchor },
				place.name,
			),
		];
	});
	return [
		...shapes.flatMap((shape) => [
			svg("path", {
				class: "cd-land",
				d: shape.rings
					.map((ring) =>
						path(
							frame,
							ring.map(([lon, lat]) => ({ lat, lon })),
						),
					)
					.join(""),
			}),
		]),
		km > 0 ? svg("path", { class: "cd-claimed", d: path(frame, circle(centre, km)) }) : "",
		...dots,
		svg("path", { class: "cd-scale", d: `M12 ${y - 5}V${y}H${12 + scale.width}V${y - 5}` }),
		svg(
			"text",
			{ class: "cd-town", x: 16, y: y - 5 },
			t(ui, "with-unit.km", { n: shown(scale.km, language) }),
		),
	];
}

/**
 * Two places that can be dragged, moved with the arrow keys, typed or chosen; the distance between
 * them as it changes.
 * @param {Kit} kit
 * @param {Start} start from, to (ids of places), claimed_km
 */
export function distanceTool(kit, start) {
	const { ui, language, points } = kit;
	const known = new Map(points.map((place) => [place.id, place]));
	const [first, second] = [start.from, start.to].map(
		(id, i) => known.get(String(id)) ?? points[i] ?? points[0],
	);
	const km = Number(start.claimed_km ?? 0);
	/** @type {Point[]} */
	const ends = [first, second].map(({ lat, lon }) => ({ lat, lon }));
	const home = ends[0];
	const frame = frameAround([...points, ...(km > 0 ? circle(home, km) : [])]);

	const line = svg("line", { class: "cd-between" });
	const picture = svg(
		"svg",
		{ viewBox: `0 0 ${frame.width} ${frame.height}`, role: "img", "aria-label": t(ui, "map-alt") },
		...land(frame, kit, home, km),
		line,
	);
	// One text node whose data changes: a new node in each frame would have the whole page's styles
	// looked through again.
	const length = document.createTextNode("");
	const hint = el("p", { class: "cd-small", id: freshId() }, t(ui, "map-keys"));

	const pins = ends.map((_, i) =>
		el(
			"button",
			{ type: "button", class: "cd-pin", "data-end": i, "aria-describedby": hint.id },
			el("span", { "aria-hidden": "true" }, t(ui, `map-end.${i}`)),
		),
	);
	const fields = ends.map((end, i) => ({
		lat: numberField(end.lat, (value) => type(i, "lat", value)),
		lon: numberField(end.lon, (value) => type(i, "lon", value)),
		name: choiceField(
			[
				...points.map((place) => /** @type {[string, string]} */ ([place.id, place.name])),
				["", t(ui, "map-own")],
			],
			[first, second][i].id,
			(id) => {
				const place = known.get(id);
				if (place) move(i, place);
			},
		),
	}));

	const sentence = () => {
		const distance = distanceKm(ends[0], ends[1]);
		return t(ui, "map-result", {
			km: shown(distance, language, 1),
			miles: shown(kmToMiles(distance), language, 1),
		});
	};
	/** @param {number} i */
	const nameOf = (i) =>
		points.find((place) => place.lat === ends[i].lat && place.lon === ends[i].lon);
	const draw = () => {
		const spots = ends.map((end) => toPicture(frame, end));
		spots.forEach(([x, y], i) => {
			pins[i].style.left = `${(100 * x) / frame.width}%`;
			pins[i].style.top = `${(100 * y) / frame.height}%`;
			line.setAttribute(`x${i + 1}`, x.toFixed(1));
			line.setAttribute(`y${i + 1}`, y.toFixed(1));
		});
		length.data = sentence();
		ends.forEach((end, i) => {
			if (dragged) return; // the fields and the names can wait until the place is let go
			const { lat, lon, name } = fields[i];
			// What the reader is typing is not written over: "33." would become "33".
			if (typed !== lat) lat.value = String(end.lat);
			if (typed !== lon) lon.value = String(end.lon);
			name.value = nameOf(i)?.id ?? "";
			const label = t(ui, "map-pin", {
				end: t(ui, `map-end.${i}`),
				name: nameOf(i)?.name ?? t(ui, "map-own"),
				lat: end.lat,
				lon: end.lon,
			});
			if (pins[i].getAttribute("aria-label") !== label) pins[i].setAttribute("aria-label", label);
		});
	};
	const redraw = onceAFrame(draw);

	let dragged = false;
	/** @type {HTMLElement | null} the field whose text moved a place last */
	let typed = null;
	/**
	 * @param {number} i
	 * @param {Point} place
	 * @param {{aloud?: boolean, field?: HTMLElement}} [how]
	 */
	function move(i, { lat, lon }, { aloud = true, field } = {}) {
		typed = field ?? null;
		ends[i] = { lat, lon };
		redraw();
		if (aloud) kit.say(sentence());
	}
	/** @param {number} i @param {"lat" | "lon"} name @param {number | null} value */
	function type(i, name, value) {
		const limit = name === "lat" ? 90 : 180;
		const fits = value !== null && Math.abs(value) <= limit;
		fields[i][name].setAttribute("aria-invalid", String(!fits));
		if (fits) move(i, { ...ends[i], [name]: value }, { field: fields[i][name] });
		else length.data = t(ui, "map-degrees", { limit });
	}

	pins.forEach((pin, i) => {
		/** @type {{box: DOMRect, dx: number, dy: number} | null} */
		let held = null;
		pin.addEventListener("pointerdown", (event) => {
			if (event.button !== 0) return;
			// Measured once a drag: the picture does not move under a pointer that holds a place.
			const box = picture.getBoundingClientRect();
			const [x, y] = toPicture(frame, ends[i]);
			const scale = frame.width / box.width;
			held = {
				box,
				dx: (event.clientX - box.left) * scale - x,
				dy: (event.clientY - box.top) * scale - y,
			};
			pin.setPointerCapture(event.pointerId);
			dragged = true;
		});
		pin.addEventListener("pointermove", (event) => {
			if (!held) return;
			const scale = frame.width / held.box.width;
			const x = (event.clientX - held.box.left) * scale - held.dx;
			const y = (event.clientY - held.box.top) * scale - held.dy;
			move(i, keptInside(frame, toPlace(frame, x, y)), { aloud: false });
		});
		const drop = () => {
			if (!held) return;
			held = null;
			dragged = false;
			redraw();
			kit.say(sentence());
		};
		pin.addEventListener("pointerup", drop);
		pin.addEventListener("pointercancel", drop);
		pin.addEventListener("keydown", (event) => {
			if (event.ctrlKey || event.metaKey || event.altKey) return;
			const step = event.shiftKey ? BIG_STEP : STEP;
			/** @type {Record<string, [number, number]>} */
			const moves = {
				ArrowUp: [step, 0],
				ArrowDown: [-step, 0],
				ArrowRight: [0, step],
				ArrowLeft: [0, -step],
			};
			const by = moves[event.key];
			if (!by) return;
			event.preventDefault();
			move(i, keptInside(frame, { lat: ends[i].lat + by[0], lon: ends[i].lon + by[1] }));
		});
	});
	draw();

	return el(
		"div",
		{ class: "cd-tool-body" },
		el("div", { class: "cd-map" }, picture, ...pins),
		el("p", { class: "cd-result" }, length),
		km > 0 &&
			el(
				"p",
				{ class: "cd-small cd-ring" },
				t(ui, "map-claimed", { km: shown(km, language), name: first.name }),
			),
		hint,
		...fields.map(({ lat, lon, name }, i) =>
			el(
				"fieldset",
				{ class: "cd-givens cd-place" },
				el("legend", {}, t(ui, "map-place", { end: t(ui, `map-end.${i}`) })),
				labelled(t(ui, "map-name"), name),
				labelled(t(ui, "map-lat"), lat),
				labelled(t(ui, "map-lon"), lon),
			),
		),
	);
}
