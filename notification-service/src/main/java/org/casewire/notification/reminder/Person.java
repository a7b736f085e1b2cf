package org.casewire.notification.reminder;

/**
 * Somebody who is reminded.
 *
 * @param id a user id; of a client the number
 */
record Person(String id, boolean isClient) {

    /** A user and a number of the same letters are two people. */
    String name() {
        return (isClient ? "contact:" : "user:") + id;
    }
}
