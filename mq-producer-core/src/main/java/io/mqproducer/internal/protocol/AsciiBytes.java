package io.mqproducer.internal.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of an array as one number, the first in the highest byte. */
final class AsciiBytes {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private AsciiBytes() {}

    static long eight(byte[] source, int index) {
        return (long) EIGHT.get(source, index);
    }
}
