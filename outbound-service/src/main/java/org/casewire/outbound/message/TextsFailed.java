package org.casewire.outbound.message;

import java.util.List;

/** Texts failed; published inside the transaction that records it. */
public record TextsFailed(List<Failure> failures) {}
