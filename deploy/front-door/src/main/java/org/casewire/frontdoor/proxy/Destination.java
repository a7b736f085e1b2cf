package org.casewire.frontdoor.proxy;

/** Who answers a request. */
sealed interface Destination {

    /** A service; its own paths begin after the first segments of the address are taken away. */
    record Backend(Service service, int strippedSegments) implements Destination {}

    /** The front door itself: identity and its own health. */
    record FrontDoor() implements Destination {}

    /** Nobody. */
    record Nobody() implements Destination {}
}
