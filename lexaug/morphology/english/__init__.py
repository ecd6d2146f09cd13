"""English, the source language: analysis of plain text, so that it can be synthesised from like a treebank."""
