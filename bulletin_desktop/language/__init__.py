"""Chinese words: segmentation, pinyin, folding, the query language and theme suggestions."""
