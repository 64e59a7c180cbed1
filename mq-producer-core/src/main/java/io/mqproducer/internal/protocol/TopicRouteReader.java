package io.mqproducer.internal.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mqproducer.internal.protocol.TopicRouteData.BrokerData;
import io.mqproducer.internal.protocol.TopicRouteData.QueueData;
import io.mqproducer.internal.protocol.TopicRouteData.QueueMapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one route from JSON. Used once, by one thread. */
final class TopicRouteReader {

    private final JsonParser parser;
    private final Map<String, QueueData> queues = new TreeMap<>();
    private final Map<String, BrokerData> brokers = new TreeMap<>();
    private @Nullable String orderTopicConf;
    private final List<QueueMapping> mappings = new ArrayList<>();
    private int mappedQueues;
    private int entries;
    private long writeQueues;

    private TopicRouteReader(JsonParser parser) {
        this.parser = parser;
    }

    static TopicRouteData read(byte[] body) {
        if (body.length == 0 || body.length > FrameLimits.MAX_ROUTE_BODY) {
            throw new ProtocolException("route of " + body.length + " bytes");
        }
        // A factory of its own: keys that one answer makes up cannot slow down the next.
        try (JsonParser parser = JsonReading.factory(
                        FrameLimits.MAX_ROUTE_BODY, FrameLimits.MAX_ROUTE_TOKENS, FrameLimits.MAX_FIELD_VALUE)
                .createParser(body)) {
            return new TopicRouteReader(parser).readRoute();
        } catch (IOException e) {
            throw JsonReading.unusable("route", e);
        }
    }

    private TopicRouteData readRoute() throws IOException {
        parser.nextToken();
        JsonReading.expect(parser, JsonToken.START_OBJECT, "route");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "orderTopicConf" -> orderTopicConf = readString(name);
                case "queueDatas" -> readList(name, this::readQueueData);
                case "brokerDatas" -> readList(name, this::readBrokerData);
                case "topicQueueMappingByBroker" -> readMappings();
                default -> parser.skipChildren();
            }
        }
        JsonReading.expectEnd(parser, "route");
        return new TopicRouteData(
                orderTopicConf, List.copyOf(queues.values()), List.copyOf(brokers.values()), mappings);
    }

    private void readList(String name, Element element) throws IOException {
        if (isNull()) {
            return;
        }
        JsonReading.expect(parser, JsonToken.START_ARRAY, name);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (++entries > 2 * FrameLimits.MAX_BROKERS) {
                throw new ProtocolException("route has more than " + FrameLimits.MAX_BROKERS + " brokers");
            }
            if (!isNull()) {
                JsonReading.expect(parser, JsonToken.START_OBJECT, "element of " + name);
                element.read();
            }
        }
    }

    private void readQueueData() throws IOException {
        String brokerName = null;
        int read = 0;
        int write = 0;
        int perm = 0;
        int sysFlag = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "brokerName" -> brokerName = readString(name);
                case "readQueueNums" -> read = readBounded(name, FrameLimits.MAX_QUEUES_PER_BROKER);
                case "writeQueueNums" -> write = readBounded(name, FrameLimits.MAX_QUEUES_PER_BROKER);
                case "perm" -> perm = readBounded(name, Integer.MAX_VALUE);
                case "topicSysFlag", "topicSynFlag" -> sysFlag = readBounded(name, Integer.MAX_VALUE);
                default -> parser.skipChildren();
            }
        }
        if (brokerName != null && !queues.containsKey(brokerName)) { // nameless queues belong to nobody
            queues.put(brokerName, new QueueData(brokerName, read, write, perm, sysFlag));
            writeQueues += write;
            requireAtMost(FrameLimits.MAX_QUEUES, writeQueues, "queues");
            requireAtMost(FrameLimits.MAX_BROKERS, queues.size(), "brokers");
        }
    }

    private void readBrokerData() throws IOException {
        String cluster = null;
        String brokerName = null;
        SortedMap<Long, String> addresses = Collections.emptySortedMap();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "cluster" -> cluster = readString(name);
                case "brokerName" -> brokerName = readString(name);
                case "brokerAddrs" -> addresses = readAddresses();
                default -> parser.skipChildren();
            }
        }
        if (brokerName != null) {
            brokers.putIfAbsent(brokerName, new BrokerData(cluster, brokerName, addresses));
            requireAtMost(FrameLimits.MAX_BROKERS, brokers.size(), "brokers");
        }
    }

    private SortedMap<Long, String> readAddresses() throws IOException {
        SortedMap<Long, String> addresses = new TreeMap<>();
        if (!isNull()) {
            JsonReading.expect(parser, JsonToken.START_OBJECT, "brokerAddrs");
            for (String id = parser.nextFieldName(); id != null; id = parser.nextFieldName()) {
                parser.nextToken();
                String address = readString("broker address");
                if (address != null) {
                    addresses.put(parseBrokerId(id), address);
                }
                requireAtMost(FrameLimits.MAX_BROKERS, addresses.size(), "addresses of a broker");
            }
        }
        return Collections.unmodifiableSortedMap(addresses);
    }

    private static long parseBrokerId(String id) {
        try {
            long brokerId = Long.parseLong(id);
            if (brokerId >= 0) {
                return brokerId;
            }
        } catch (NumberFormatException e) {
            // refused below, like a negative one
        }
        throw ProtocolException.field("broker id", id, "a number from 0");
    }

    /** By broker name, which each element says of itself too. */
    private void readMappings() throws IOException {
        if (isNull()) {
            return;
        }
        JsonReading.expect(parser, JsonToken.START_OBJECT, "topicQueueMappingByBroker");
        while (parser.nextFieldName() != null) {
            parser.nextToken();
            if (!isNull()) {
                JsonReading.expect(parser, JsonToken.START_OBJECT, "element of topicQueueMappingByBroker");
                readMapping();
            }
        }
    }

    private void readMapping() throws IOException {
        String brokerName = null;
        long epoch = 0;
        List<Integer> queueIds = List.of();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "bname" -> brokerName = readString(name);
                case "epoch" -> {
                    JsonReading.expect(parser, JsonToken.VALUE_NUMBER_INT, name);
                    epoch = parser.getLongValue();
                }
                case "currIdMap" -> queueIds = readQueueIds();
                default -> parser.skipChildren();
            }
        }
        if (brokerName != null && !queueIds.isEmpty()) {
            mappings.add(new QueueMapping(brokerName, epoch, queueIds));
            requireAtMost(FrameLimits.MAX_BROKERS, mappings.size(), "brokers");
        }
    }

    /** The keys are the topic's own numbers of its queues; the values are those of the broker and its business. */
    private List<Integer> readQueueIds() throws IOException {
        List<Integer> ids = new ArrayList<>();
        if (!isNull()) {
            JsonReading.expect(parser, JsonToken.START_OBJECT, "currIdMap");
            for (String id = parser.nextFieldName(); id != null; id = parser.nextFieldName()) {
                parser.nextToken();
                parser.skipChildren();
                ids.add(parseQueueId(id));
                requireAtMost(FrameLimits.MAX_QUEUES, ++mappedQueues, "queues");
            }
        }
        return ids;
    }

    private static int parseQueueId(String id) {
        if (id.matches("[0-9]{1,6}") && Integer.parseInt(id) < FrameLimits.MAX_QUEUES) {
            return Integer.parseInt(id);
        }
        throw ProtocolException.field("queue id", id, "between 0 and " + (FrameLimits.MAX_QUEUES - 1));
    }

    private @Nullable String readString(String name) throws IOException {
        if (isNull()) {
            return null;
        }
        JsonReading.expect(parser, JsonToken.VALUE_STRING, name);
        return parser.getText();
    }

    private int readBounded(String name, int max) throws IOException {
        int value = JsonReading.readInt(parser, name);
        if (value < 0 || value > max) {
            throw ProtocolException.field(name, Integer.toString(value), "between 0 and " + max);
        }
        return value;
    }

    private boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    private static void requireAtMost(int max, long count, String what) {
        if (count > max) {
            throw new ProtocolException("route has more than " + max + " " + what);
        }
    }

    /** Reads an element of a list whose START_OBJECT is the current token. */
    @FunctionalInterface
    private interface Element {
        void read() throws IOException;
    }
}
