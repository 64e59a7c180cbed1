package io.mqproducer.internal.util;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host a host name or an IP literal; IPv6 without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

    private static final int MAX_PORT = 65535;
    private static final int MAX_HOST_LENGTH = 255;
    private static final int SHOWN = 100;
    private static final String HTTP = "http://";

    /** Of a name or an IPv4 address: names outside ASCII have a form inside it. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    /** With an optional zone. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?");

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
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        if (bracketed != host.indexOf(':') >= 0) {
            throw broken(address, "must be host:port, with an IPv6 address, and nothing else, in brackets");
        }
        return new Endpoint(legalHost(address, host), port(address, address.substring(colon + 1)));
    }

    /**
     * Reads an address list as users write them: elements separated by {@code ;} or {@code ,}, white space ignored,
     * the same address twice counted once. {@code http://} before an address, which RocketMQ's clients allow, means nothing.
     *
     * @throws IllegalArgumentException if there is no address or one is not legal
     */
    public static List<Endpoint> parseList(List<String> lists) {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (String list : lists) {
            for (String element : list.split("[;,]", -1)) {
                if (!element.isBlank()) {
                    String address = element.strip();
                    endpoints.add(parse(address.startsWith(HTTP) ? address.substring(HTTP.length()) : address));
                }
            }
        }
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException(
                    "at least one address is needed, got '" + PrintableText.of(String.join(";", lists), SHOWN) + "'");
        }
        return List.copyOf(endpoints);
    }

    private static String legalHost(String address, String host) {
        if (host.isEmpty() || host.length() > MAX_HOST_LENGTH) {
            throw broken(address, "must have a host of 1 to " + MAX_HOST_LENGTH + " characters");
        }
        if (!(host.indexOf(':') < 0 ? NAME : IPV6).matcher(host).matches()) {
            throw broken(address, "has a host that is neither a name nor an IP address");
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
        return new IllegalArgumentException("address " + rule + ", got '" + PrintableText.of(address, SHOWN) + "'");
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
