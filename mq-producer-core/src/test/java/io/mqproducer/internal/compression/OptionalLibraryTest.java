package io.mqproducer.internal.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.config.CompressionType;
import java.io.IOException;
import java.io.InputStream;
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

    /** Defines our classes itself, so that what they need is looked for here; and finds no package of that prefix. */
    private static final class ClassLoaderWithout extends ClassLoader {

        private final String hidden;

        ClassLoaderWithout(String hidden) {
            super(OptionalLibraryTest.class.getClassLoader());
            this.hidden = hidden;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(hidden)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.mqproducer.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] definition = bytes.readAllBytes();
                return defineClass(name, definition, 0, definition.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
