package org.casewire.routing.reply;

/** Which part of the received log is wanted. */
public enum StateFilter {
    UNASSIGNED("NOT reply.assigned"),
    ASSIGNED("reply.assigned"),
    ALL("true");

    private final String condition;

    StateFilter(String condition) {
        this.condition = condition;
    }

    String condition() {
        return condition;
    }
}
