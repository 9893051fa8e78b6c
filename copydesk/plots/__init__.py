"""matplotlib: data in, Figure out. `style` is the house style; one module for each desk."""
