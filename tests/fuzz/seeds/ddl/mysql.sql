0-- schema/db/shop/orders.sql, MySQL 9.7.4
CREATE TABLE `orders` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `status` enum('draft','it''s, (ok)','a\\b') CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'draft',
  `d` decimal(65,30) DEFAULT '0.00',
  `z` int(5) unsigned zerofill DEFAULT NULL COMMENT 'a, b) /* c',
  `ts` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  `g` point NOT NULL /*!80003 SRID 4326 */,
  `v` varchar(10) GENERATED ALWAYS AS (concat(`d`,_utf8mb4'x')) STORED NOT NULL,
  `inv` int DEFAULT NULL /*!80023 INVISIBLE */,
  `e` varchar(36) DEFAULT (uuid()),
  `txt` text COLLATE utf8mb4_bin,
  `j` json DEFAULT NULL,
  PRIMARY KEY (`id`,`z`),
  UNIQUE KEY `u` (`status`,`d`),
  UNIQUE KEY `up` (`txt`(10)),
  KEY `k` (`z` DESC,`d`) USING BTREE COMMENT 'x, y' /*!80000 INVISIBLE */,
  KEY `fe` ((cast(`j` as char(10) array))),
  FULLTEXT KEY `ft` (`txt`) /*!50100 WITH PARSER `ngram` */ ,
  CONSTRAINT `fk` FOREIGN KEY (`z`) REFERENCES `o` (`id`) ON DELETE CASCADE ON UPDATE SET NULL,
  CONSTRAINT `c1` CHECK ((`z` > 0)) /*!80016 NOT ENFORCED */
) /*!50100 TABLESPACE `x` */ ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci COMMENT='CHARSET=latin1'
/*!50100 PARTITION BY RANGE (`id`)
(PARTITION p0 VALUES LESS THAN (10) ENGINE = InnoDB,
 PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB) */;
