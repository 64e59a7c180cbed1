package io.mqproducer.test.peer;

import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that one peer has accepted and received since its start. Thread-safe. */
final class Traffic {

    private final ScriptedPeer peer;
    private final Changes changes = new Changes();

    // Guarded by changes.
    private final List<PeerConnection> connections = new ArrayList<>();
    private final List<Long> acceptedAtNanos = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final Map<Integer, Integer> counts = new TreeMap<>();
    private final List<Request> answers = new ArrayList<>();
    private boolean reading = true;

    Traffic(ScriptedPeer peer) {
        this.peer = peer;
    }

    PeerConnection connect(Socket socket) {
        return changes.change(() -> {
            PeerConnection connection = new PeerConnection(connections.size(), socket, peer, this);
            connections.add(connection);
            acceptedAtNanos.add(System.nanoTime());
            return connection;
        });
    }

    void add(Request frame) {
        changes.change(() -> {
            if (frame.frame().isResponse()) {
                return answers.add(frame);
            }
            counts.merge(frame.code(), 1, Integer::sum);
            return requests.add(frame);
        });
    }

    void connectionEnded() {
        changes.change(() -> true);
    }

    void read(boolean on) {
        changes.change(() -> reading = on);
    }

    void awaitReading(PeerConnection connection) throws InterruptedException {
        changes.await(() -> reading || !connection.isOpen());
    }

    List<Request> requests() {
        return changes.read(() -> List.copyOf(requests));
    }

    List<Request> requests(int code) {
        return requests().stream().filter(request -> request.code() == code).toList();
    }

    List<Request> answers() {
        return changes.read(() -> List.copyOf(answers));
    }

    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        allConnections().forEach(connection -> all.writeBytes(connection.receivedBytes()));
        return all.toByteArray();
    }

    void forget() {
        changes.change(() -> {
            requests.clear();
            counts.clear();
            answers.clear();
            return true;
        });
        allConnections().forEach(PeerConnection::forgetReceived);
    }

    Connections connections() {
        return changes.read(() -> new Connections(openCount(), acceptedAtNanos));
    }

    PeerConnection connection(int number) {
        return changes.read(() -> connections.get(number));
    }

    List<PeerConnection> allConnections() {
        return changes.read(() -> List.copyOf(connections));
    }

    List<PeerConnection> openConnections() {
        return allConnections().stream().filter(PeerConnection::isOpen).toList();
    }

    private int openCount() {
        return (int) connections.stream().filter(PeerConnection::isOpen).count();
    }

    void awaitRequests(int code, int count, Duration timeout) {
        changes.await(
                () -> counts.getOrDefault(code, 0) >= count,
                timeout,
                () -> count + " requests " + code + " at " + peer.address() + "; there are " + counts);
    }

    void awaitOpen(int count, Duration timeout) {
        changes.await(
                () -> openCount() == count,
                timeout,
                () -> count + " open connections at " + peer.address() + "; there are " + openCount());
    }

    void awaitAccepted(int count, Duration timeout) {
        changes.await(
                () -> acceptedAtNanos.size() >= count,
                timeout,
                () -> count + " accepted connections at " + peer.address() + "; there are " + acceptedAtNanos.size());
    }
}
