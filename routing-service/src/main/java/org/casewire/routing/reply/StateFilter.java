package org.casewire.routing.reply;

/** Which part of the received log is wanted. */
enum StateFilter {
    UNASSIGNED("AND NOT assigned"),
    ASSIGNED("AND assigned"),
    ALL("");

    private final String condition;

    StateFilter(String condition) {
        this.condition = condition;
    }

    String condition() {
        return condition;
    }
}
