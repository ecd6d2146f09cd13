"""Inflection the SIGMORPHON way: a lemma and a feature bundle in, a form out."""
