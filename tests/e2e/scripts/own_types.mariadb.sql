-- Types of MariaDB alone: UUID, INET4, INET6, compressed columns.
CREATE TABLE m (id INT PRIMARY KEY, u UUID, v4 INET4, v6 INET6, vc VARCHAR(300) COMPRESSED, tc TEXT COMPRESSED, bc BLOB COMPRESSED);
CREATE TABLE by_uuid (k UUID PRIMARY KEY, v INT);
INSERT INTO m VALUES (1, '123e4567-e89b-12d3-a456-426655440000', '192.0.2.1', '::', REPEAT('abc', 100), 'short', x'00ff');
-- live
INSERT INTO m VALUES (2, '00000000-0000-0000-0000-000000000000', '255.255.255.255', '2001:db8::ff', '', '', ''), (3, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, 'ffffffff-ffff-ffff-ffff-ffffffffffff', '0.0.0.0', '::ffff:192.0.2.1', 'é', REPEAT('ü☃', 1000), REPEAT('z', 5000));
INSERT INTO by_uuid VALUES ('123e4567-e89b-12d3-a456-426655440000', 1), ('123e4567-e89b-12d3-a456-426655440001', 2);
UPDATE m SET vc = CONCAT(vc, 'x'), v6 = '::1' WHERE id = 1;
UPDATE by_uuid SET v = v + 1;
DELETE FROM m WHERE id = 3;
