package org.casewire.routing.document;

import java.util.List;
import org.casewire.events.CaseRef;

/**
 * A text that was moved.
 *
 * @param cases where it stands now
 */
public record Moved(String site, String sid, List<CaseRef> cases, String traceParent) {}
