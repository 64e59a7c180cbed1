package io.mqproducer.internal.compression;

import io.mqproducer.config.CompressionType;
import java.util.function.Supplier;

/** A library that an application adds only if it wants what it is for. */
final class OptionalLibrary {

    private OptionalLibrary() {}

    static Compressor load(CompressionType type, String coordinates, Supplier<Compressor> compressor) {
        try {
            return compressor.get();
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "compression type " + type + " needs " + coordinates + " on the class path", e);
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "compression type " + type + ": " + coordinates + " does not work here: " + e, e);
        }
    }
}
