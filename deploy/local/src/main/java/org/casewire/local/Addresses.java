package org.casewire.local;

/** Where everything is reached, all of it on this machine only. */
record Addresses(int basePort) {

    String frontDoor() {
        return url(Port.FRONT_DOOR);
    }

    String twin() {
        return url(Port.TWIN);
    }

    String of(Service service) {
        return url(service.port);
    }

    String port(Port port) {
        return Integer.toString(port.above(basePort));
    }

    private String url(Port port) {
        return "http://127.0.0.1:" + port(port);
    }
}
