package io.mqproducer.samples.orders;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells prices. */
@RestController
class PriceController {

    private final Prices prices;

    PriceController(Prices prices) {
        this.prices = prices;
    }

    @GetMapping("/prices/{product}")
    Price price(@PathVariable String product, @RequestParam(defaultValue = "1") int pieces) {
        return prices.of(product, pieces);
    }
}
