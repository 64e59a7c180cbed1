package io.mqproducer.samples.orders;

import io.mqproducer.samples.orders.Stock.Shelf;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what there is to order. */
@RestController
class StockController {

    private final Stock stock;

    StockController(Stock stock) {
        this.stock = stock;
    }

    @GetMapping("/stock")
    List<Shelf> shelves() {
        return stock.shelves();
    }
}
