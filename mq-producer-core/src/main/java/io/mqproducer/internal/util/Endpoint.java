package io.mqproducer.internal.util;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a server listens.
 *
 * @param host a host name or an IP literal; IPv6 without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

    private static final int MAX_PORT = 65535;
    private static final int MAX_HOST_LENGTH = 255;

    /**
     * Reads {@code host:port} or {@code [ipv6]:port}.
     *
     * @throws IllegalArgumentException if it is neither, naming what is wrong with it
     */
    public static Endpoint parse(String address) {
        int colon = address.lastIndexOf(':');
        if (colon <= 0) {
            throw broken(address, "must be host:port");
        }
        String host = address.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw broken(address, "must be host:port, with an IPv6 address in brackets");
        }
        return new Endpoint(legalHost(address, host), port(address, address.substring(colon + 1)));
    }

    /**
     * Reads an address list as users write them: elements separated by {@code ;} or {@code ,}, white space ignored,
     * the same address twice counted once.
     *
     * @throws IllegalArgumentException if there is no address or one is not legal
     */
    public static List<Endpoint> parseList(List<String> lists) {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (String list : lists) {
            for (String element : list.split("[;,]", -1)) {
                if (!element.isBlank()) {
                    endpoints.add(parse(element.strip()));
                }
            }
        }
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("at least one address is needed, got " + lists);
        }
        return new ArrayList<>(endpoints);
    }

    private static String legalHost(String address, String host) {
        if (host.isEmpty() || host.length() > MAX_HOST_LENGTH) {
            throw broken(address, "must have a host of 1 to " + MAX_HOST_LENGTH + " characters");
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '.' && c != '-' && c != '_' && c != ':' && c != '%') {
                throw broken(address, "has a character that no host name has");
            }
        }
        return host;
    }

    private static int port(String address, String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw broken(address, "must end in a port from 1 to " + MAX_PORT);
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > MAX_PORT) {
            throw broken(address, "must end in a port from 1 to " + MAX_PORT);
        }
        return port;
    }

    private static IllegalArgumentException broken(String address, String rule) {
        return new IllegalArgumentException("address " + rule + ", got '" + PrintableText.of(address, 100) + "'");
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
