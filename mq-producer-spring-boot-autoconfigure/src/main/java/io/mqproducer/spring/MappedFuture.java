package io.mqproducer.spring;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Makes one future of another. */
final class MappedFuture {

    private MappedFuture() {}

    /**
     * A future of what {@code mapping} makes of the source's value, on the thread that completes the source. Failures arrive
     * unwrapped, those of the mapping too. Whoever completes the result from outside cancels the source.
     */
    static <S, T> CompletableFuture<T> of(CompletableFuture<S> source, Function<? super S, ? extends T> mapping) {
        CompletableFuture<T> result = new CompletableFuture<>();
        source.whenComplete((value, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
                return;
            }
            try {
                result.complete(mapping.apply(value));
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        result.whenComplete((value, failure) -> source.cancel(true)); // without effect on one that is complete
        return result;
    }
}
