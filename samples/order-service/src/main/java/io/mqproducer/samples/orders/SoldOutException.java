package io.mqproducer.samples.orders;

/** There is not enough of a product; unchecked, so that Spring rolls the transaction back. */
final class SoldOutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SoldOutException(String product, int pieces) {
        super(pieces + " × " + product + " is more than there is");
    }
}
