"""Content of the demo portal: courses, people, pages and their media."""
