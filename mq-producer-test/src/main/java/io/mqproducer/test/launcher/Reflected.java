package io.mqproducer.test.launcher;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An object of RocketMQ, called by name: this code is compiled without RocketMQ and runs with it.
 *
 * <p>Only public methods; the first whose parameters accept the arguments is taken. Safe for use by several threads.
 *
 * @param target the object itself
 */
record Reflected(Object target) {

    private static final Map<Signature, Method> METHODS = new ConcurrentHashMap<>();

    private record Signature(Class<?> type, String method, List<Class<?>> arguments) {}

    static Reflected create(String className, @Nullable Object... arguments) throws Exception {
        for (Constructor<?> constructor : Class.forName(className).getConstructors()) {
            if (accepts(constructor, arguments)) {
                return new Reflected(requireNonNull(unwrapped(() -> constructor.newInstance(arguments))));
            }
        }
        throw new NoSuchMethodException("constructor of " + className + Arrays.toString(arguments));
    }

    /** For calls of static methods. */
    static Reflected ofClass(String className) throws ClassNotFoundException {
        return new Reflected(Class.forName(className));
    }

    /** Whether this version of RocketMQ has a public method of that name. */
    boolean has(String method) {
        return Arrays.stream(type().getMethods())
                .anyMatch(each -> each.getName().equals(method));
    }

    /** Calls a method that returns something of RocketMQ. */
    Reflected get(String method, @Nullable Object... arguments) throws Exception {
        return new Reflected(requireNonNull(callNullable(method, arguments), method));
    }

    /** Calls a method that returns something of the JDK, or nothing (then the result is this object). */
    Object call(String method, @Nullable Object... arguments) throws Exception {
        Object result = callNullable(method, arguments);
        return result == null ? this : result;
    }

    String text(String method) throws Exception {
        Object result = callNullable(method);
        return result == null ? "" : result.toString();
    }

    long number(String method, @Nullable Object... arguments) throws Exception {
        return ((Number) call(method, arguments)).longValue();
    }

    private @Nullable Object callNullable(String method, @Nullable Object... arguments) throws Exception {
        Signature signature = new Signature(type(), method, typesOf(arguments));
        Method found = METHODS.get(signature);
        if (found == null) {
            found = find(signature, arguments);
            METHODS.put(signature, found);
        }
        Method chosen = found;
        return unwrapped(() -> chosen.invoke(target, arguments));
    }

    private Class<?> type() {
        return target instanceof Class<?> itself ? itself : target.getClass();
    }

    private static Method find(Signature signature, @Nullable Object[] arguments) throws NoSuchMethodException {
        for (Method method : signature.type().getMethods()) {
            if (method.getName().equals(signature.method()) && accepts(method, arguments)) {
                method.setAccessible(true); // public methods of classes that are not
                return method;
            }
        }
        throw new NoSuchMethodException(signature.toString());
    }

    private static boolean accepts(Executable executable, @Nullable Object[] arguments) {
        Class<?>[] parameters = executable.getParameterTypes();
        if (parameters.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            Object argument = arguments[i];
            if (argument == null
                    ? parameters[i].isPrimitive()
                    : !boxed(parameters[i]).isInstance(argument)) {
                return false;
            }
        }
        return true;
    }

    private static Class<?> boxed(Class<?> type) {
        if (!type.isPrimitive()) {
            return type;
        }
        return MethodType.methodType(type).wrap().returnType();
    }

    private static List<Class<?>> typesOf(@Nullable Object[] arguments) {
        return Arrays.stream(arguments)
                .<Class<?>>map(argument -> argument == null ? Void.class : argument.getClass())
                .toList();
    }

    private interface Invocation {
        @Nullable
        Object run() throws ReflectiveOperationException;
    }

    private static @Nullable Object unwrapped(Invocation invocation) throws Exception {
        try {
            return invocation.run();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
