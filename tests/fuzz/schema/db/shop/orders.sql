CREATE TABLE `orders` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `status` enum('draft','paid','shipped','refunded','cancelled') NOT NULL,
  `buyer_id` bigint unsigned NOT NULL,
  `total_cents` int unsigned NOT NULL,
  `phone` varchar(32) DEFAULT NULL,
  `card_pan` varchar(19) DEFAULT NULL,
  `internal_note` text,
  `attributes` json DEFAULT NULL,
  `is_test` tinyint(1) NOT NULL DEFAULT '0',
  `created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
