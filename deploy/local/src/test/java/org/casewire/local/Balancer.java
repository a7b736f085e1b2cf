package org.casewire.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What stands before several instances of a service: connections go to them in turn. */
final class Balancer implements AutoCloseable {

    private final ServerSocket server;
    private final List<Integer> instances = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    Balancer(int port) throws IOException {
        this.server = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    void add(int port) {
        instances.add(port);
    }

    void remove(int port) {
        instances.remove(Integer.valueOf(port));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket instance = connect()) {
            Thread back = Thread.ofVirtual().start(() -> pipe(instance, client));
            pipe(client, instance);
            back.join();
        } catch (IOException nobody) {
            // The client sees its connection closed, as it would in a cluster.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket connect() throws IOException {
        for (int attempt = 0; attempt < 4; attempt++) {
            List<Integer> now = List.copyOf(instances);
            if (now.isEmpty()) {
                break;
            }
            Socket socket = new Socket();
            try {
                int port = now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
                return socket;
            } catch (IOException gone) {
                socket.close();
            }
        }
        throw new IOException("no instance answers");
    }

    private static void pipe(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
