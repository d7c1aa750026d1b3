CREATE TABLE `payment` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `status` enum('draft','authorised','captured','refunded','failed') NOT NULL DEFAULT 'draft',
  `amount_cents` int unsigned NOT NULL,
  `currency` char(3) NOT NULL DEFAULT 'EUR',
  `card_pan` varchar(19) DEFAULT NULL,
  `email` varchar(254) DEFAULT NULL,
  `phone` varchar(32) DEFAULT NULL,
  `attributes` json DEFAULT NULL,
  `fraud_notes` text,
  `created_at` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
