"""The commands of the terminal, a file a theme; `cli` gathers them."""
