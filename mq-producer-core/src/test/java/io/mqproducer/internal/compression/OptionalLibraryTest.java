package io.mqproducer.internal.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.config.CompressionType;
import io.mqproducer.internal.ClassLoaderWithout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionalLibraryTest {

    @ParameterizedTest
    @CsvSource({"LZ4,net.jpountz.,at.yawk.lz4:lz4-java", "ZSTD,com.github.luben.,com.github.luben:zstd-jni"})
    void namesTheLibraryThatIsMissing(String type, String hidden, String coordinates) throws Throwable {
        ClassLoader without = new ClassLoaderWithout(hidden);

        assertThatThrownBy(() -> open(without, type))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("compression type " + type + " needs " + coordinates + " on the class path")
                .hasCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(open(without, "ZLIB")).isNotNull();
    }

    private static Object open(ClassLoader classes, String type) throws Throwable {
        Class<?> types = classes.loadClass(CompressionType.class.getName());
        Method of = classes.loadClass(Compressor.class.getName()).getMethod("of", types, int.class);
        try {
            return of.invoke(null, types.getMethod("valueOf", String.class).invoke(null, type), 5);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
