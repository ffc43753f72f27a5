"""Records of other programs: catalogues, reading lists, clippings and annotations."""
