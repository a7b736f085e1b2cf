package org.casewire.ingest.connection;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A request whose body must arrive in time as a whole, however regularly its bytes trickle in. */
public final class TimedRequest extends HttpServletRequestWrapper {

    static final Duration BODY_WITHIN = Duration.ofSeconds(10);

    private final long began = System.nanoTime();

    public TimedRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new TimedBody(super.getInputStream());
    }

    private final class TimedBody extends ServletInputStream {

        private final ServletInputStream body;

        TimedBody(ServletInputStream body) {
            this.body = body;
        }

        private void requireTime() throws SocketTimeoutException {
            if (System.nanoTime() - began > BODY_WITHIN.toNanos()) {
                throw new SocketTimeoutException("The body took longer than " + BODY_WITHIN);
            }
        }

        @Override
        public int read() throws IOException {
            requireTime();
            return body.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            requireTime();
            return body.read(bytes, from, length);
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
