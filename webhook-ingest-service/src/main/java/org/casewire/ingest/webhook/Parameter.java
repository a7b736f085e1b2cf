package org.casewire.ingest.webhook;

import java.util.Comparator;

/** One name and value of a form, decoded and otherwise untouched. */
record Parameter(String name, String value) {

    /** The order in which Twilio signs. */
    static final Comparator<Parameter> AS_SIGNED =
            Comparator.comparing(Parameter::name).thenComparing(Parameter::value);
}
