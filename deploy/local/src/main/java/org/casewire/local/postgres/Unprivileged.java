package org.casewire.local.postgres;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/**
 * How to run PostgreSQL's programs, which refuse to run as root.
 *
 * <p>In a user namespace of its own a process of root is nobody to itself and still owns root's files, so nothing has
 * to be given to another user.
 */
final class Unprivileged {

    private static final List<String> USER_NAMESPACE = List.of("unshare", "-U");

    private Unprivileged() {}

    /** What stands before the command: nothing for an ordinary user. */
    static List<String> prefix() throws InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        if (!works(USER_NAMESPACE)) {
            throw new IllegalStateException(
                    "PostgreSQL does not run as root, and this system does not let root start it in a user namespace"
                            + " (`unshare -U` failed). Run the stack as an ordinary user.");
        }
        return USER_NAMESPACE;
    }

    private static boolean works(List<String> prefix) throws InterruptedException {
        try {
            return new ProcessBuilder(prefix.get(0), prefix.get(1), "true")
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
