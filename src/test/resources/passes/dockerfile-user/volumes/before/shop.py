open("/var/lib/shop/orders", "a")
