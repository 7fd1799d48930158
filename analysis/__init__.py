"""Quoted Parties: who said what about whom, with evidence."""
