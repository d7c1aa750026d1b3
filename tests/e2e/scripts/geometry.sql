-- Geometry as its SRID and WKB, byte for byte.
CREATE TABLE g (id INT PRIMARY KEY, p POINT, l LINESTRING, any_shape GEOMETRY);
INSERT INTO g VALUES (1, ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('LINESTRING(0 0, 1 1, 2 3)'), ST_GeomFromText('POLYGON((0 0, 0 4, 4 4, 4 0, 0 0))'));
-- live
INSERT INTO g VALUES (2, ST_GeomFromText('POINT(-1.5 1e300)'), NULL, ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(0 0, 1 1))')),
  (3, NULL, NULL, ST_GeomFromText('MULTIPOINT(0 0, 1 2)')), (4, ST_GeomFromText('POINT(0 0)', 4326), NULL, NULL);
UPDATE g SET p = ST_GeomFromText('POINT(3 4)') WHERE id = 1;
DELETE FROM g WHERE id = 3;
