package org.casewire.routing.cases;

import java.util.Comparator;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.CaseRef;
import org.casewire.events.transport.UnreadableEvent;

/** A case of a site. */
record CaseKey(String site, CaseRef ref) {

    /** Any order will do, as long as everybody takes it. */
    static final Comparator<CaseKey> ORDER = Comparator.comparing(CaseKey::site)
            .thenComparing(key -> key.ref().kind())
            .thenComparing(key -> key.ref().id());

    static CaseKey of(CaseChanged changed) {
        return new CaseKey(changed.site(), changed.caseRef());
    }

    /** Reads the key of a tombstone, which is all that a tombstone has. */
    static CaseKey of(String recordKey) {
        String[] parts = recordKey.split("\\|", 3);
        try {
            return new CaseKey(parts[0], new CaseRef(CaseRef.Kind.valueOf(parts[1]), parts[2]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException noCase) {
            throw new UnreadableEvent("the key of a tombstone must be <site>|CASE, INTAKE or PRESCREEN|<case id>");
        }
    }
}
