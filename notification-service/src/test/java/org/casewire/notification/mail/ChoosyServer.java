package org.casewire.notification.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The smallest mail server that knows one address it does not deliver to. */
final class ChoosyServer implements AutoCloseable {

    private final ServerSocket socket;
    private final String refused;
    private final List<String> taken = new CopyOnWriteArrayList<>();

    private ChoosyServer(ServerSocket socket, String refused) {
        this.socket = socket;
        this.refused = refused;
    }

    static ChoosyServer refusing(String address) throws IOException {
        ChoosyServer server = new ChoosyServer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), address);
        Thread.ofVirtual().start(server::serve);
        return server;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Whose mails it took. */
    List<String> taken() {
        return taken;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket caller = socket.accept()) {
                talk(caller);
            } catch (IOException hungUp) {
                // The next caller, or the end.
                continue;
            }
        }
    }

    private void talk(Socket caller) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(caller.getOutputStream(), true, StandardCharsets.UTF_8);
        out.print("220 choosy\r\n");
        out.flush();
        String recipient = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("RCPT TO:")) {
                recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                out.print(recipient.equals(refused) ? "550 no such mailbox\r\n" : "250 fine\r\n");
            } else if (line.equals("DATA")) {
                out.print("354 go on\r\n");
            } else if (line.equals(".")) {
                taken.add(recipient);
                out.print("250 taken\r\n");
            } else if (line.equals("QUIT")) {
                out.print("221 bye\r\n");
                out.flush();
                return;
            } else if (line.matches("(?i)(EHLO|HELO|MAIL FROM|RSET|NOOP).*")) {
                out.print("250 fine\r\n");
            }
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
