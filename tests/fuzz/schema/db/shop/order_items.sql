CREATE TABLE `order_items` (
  `order_id` bigint unsigned NOT NULL,
  `line_no` int NOT NULL,
  `sku` varchar(64) NOT NULL,
  `quantity` int unsigned NOT NULL,
  `price_cents` int unsigned NOT NULL,
  PRIMARY KEY (`order_id`,`line_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
