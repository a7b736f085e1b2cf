package org.casewire.ingest.connection;

import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 that hangs up on who takes too long to say what is wanted. Tomcat's own limit begins anew with every byte,
 * so that a byte now and then would hold a connection for hours. Public, because Tomcat makes it by its name.
 */
public class ImpatientProtocol extends Http11NioProtocol {

    /** From the first byte of a request to the end of its headers. */
    static final Duration HEADERS_WITHIN = Duration.ofSeconds(10);

    @Override
    protected Processor createProcessor() {
        return new ImpatientProcessor(this);
    }

    private static final class ImpatientProcessor extends Http11Processor {

        private boolean unfinished;
        private long began;

        ImpatientProcessor(ImpatientProtocol protocol) {
            super(protocol, protocol.getAdapter());
        }

        /** Called whenever something has come; {@code LONG} means that the headers are not whole yet. */
        @Override
        public SocketState service(SocketWrapperBase<?> connection) throws IOException {
            SocketState state = super.service(connection);
            if (state != SocketState.LONG) {
                unfinished = false;
                return state;
            }
            long now = System.nanoTime();
            if (!unfinished) {
                unfinished = true;
                began = now;
            }
            return now - began > HEADERS_WITHIN.toNanos() ? SocketState.CLOSED : state;
        }
    }
}
