package org.casewire.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;

/** How a process is asked to stop in good order. */
public enum StopSignal {
    TERMINATE {
        @Override
        void send(ProcessHandle process) {
            process.destroy();
        }
    },

    /** What PostgreSQL calls a fast shutdown: it does not wait for its clients to leave. */
    INTERRUPT {
        @Override
        void send(ProcessHandle process) {
            try {
                new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot signal process " + process.pid(), e);
            }
        }
    };

    abstract void send(ProcessHandle process);
}
