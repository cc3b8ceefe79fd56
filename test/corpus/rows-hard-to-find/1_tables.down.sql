DROP TABLE types, patterns, ranges, documents, others, one_of_eight, one_of_many, days, computed, sums, years, parts, tree,
  swallows, nothing, no_value;
DROP TABLE ring_a, ring_b;
DROP FUNCTION sixteen, swallow;
DROP TYPE point_of, empty;
DROP DOMAIN pair, code, small;
DROP EXTENSION isn;
