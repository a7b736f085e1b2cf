package org.casewire.bench.ingest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Posts callbacks over a number of connections that are kept, one at a time on each. One thread does it all. */
final class Load implements AutoCloseable {

    private static final long NAP_NANOS = 50_000;

    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    private final Callbacks callbacks;
    private final int[] answered;

    /** @param answered counts the 2xx for each callback */
    Load(InetSocketAddress server, int connections, Callbacks callbacks, int[] answered) throws IOException {
        this.selector = Selector.open();
        this.callbacks = callbacks;
        this.answered = answered;
        for (int number = 0; number < connections; number++) {
            clients.add(new Client(server, selector));
        }
    }

    /** What came of it. */
    record Outcome(double perSecond, Latencies latencies, int refused) {}

    /** As fast as the answers come. */
    Outcome asFastAsItGoes(Duration time) throws IOException {
        Latencies latencies = new Latencies();
        int refusedBefore = refused();
        long began = System.nanoTime();
        long end = began + time.toNanos();
        for (Client client : clients) {
            client.send(callbacks, System.nanoTime());
        }
        int open = clients.size();
        while (open > 0) {
            selector.select(1_000);
            for (Client client : ready()) {
                long now = System.nanoTime();
                if (client.read(answered)) {
                    latencies.add(now - client.began());
                    if (now < end) {
                        client.send(callbacks, now);
                    } else {
                        open--;
                    }
                }
            }
        }
        return outcome(latencies, began, refusedBefore);
    }

    /** So many a second, on time or as soon as a connection is free; an answer's time counts from when it was due. */
    Outcome paced(Duration time, double perSecond) throws IOException {
        Latencies latencies = new Latencies();
        int refusedBefore = refused();
        Deque<Client> free = new ArrayDeque<>(clients);
        long began = System.nanoTime();
        long all = (long) (perSecond * time.toSeconds());
        long sent = 0;
        while (sent < all || free.size() < clients.size()) {
            while (sent < all && !free.isEmpty() && System.nanoTime() >= began + due(sent, perSecond)) {
                free.remove().send(callbacks, began + due(sent, perSecond));
                sent++;
            }
            if (selector.selectNow() == 0) {
                LockSupport.parkNanos(NAP_NANOS);
            }
            for (Client client : ready()) {
                if (client.read(answered)) {
                    latencies.add(System.nanoTime() - client.began());
                    free.add(client);
                }
            }
        }
        return outcome(latencies, began, refusedBefore);
    }

    private static long due(long number, double perSecond) {
        return (long) (number * 1e9 / perSecond);
    }

    private List<Client> ready() {
        List<Client> ready = new ArrayList<>(selector.selectedKeys().size());
        for (SelectionKey key : selector.selectedKeys()) {
            ready.add((Client) key.attachment());
        }
        selector.selectedKeys().clear();
        return ready;
    }

    private Outcome outcome(Latencies latencies, long began, int refusedBefore) {
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Outcome(latencies.count() / seconds, latencies, refused() - refusedBefore);
    }

    private int refused() {
        return clients.stream().mapToInt(Client::refused).sum();
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.close();
        }
        selector.close();
    }
}
