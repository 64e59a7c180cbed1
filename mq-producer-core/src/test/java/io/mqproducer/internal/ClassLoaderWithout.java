package io.mqproducer.internal;

import java.io.IOException;
import java.io.InputStream;

/** Defines our classes itself, so that what they need is looked for here; and finds no package of that prefix. */
public final class ClassLoaderWithout extends ClassLoader {

    private final String hidden;

    public ClassLoaderWithout(String hidden) {
        super(ClassLoaderWithout.class.getClassLoader());
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
