package org.casewire.routing.matching;

/**
 * What matching found for a reply.
 *
 * @param filing where it belongs
 * @param candidates what was looked at
 * @param outcomes where every strategy would file it
 */
public record Match(Filing filing, Candidates candidates, Outcomes outcomes) {

    /** The same with one more thing to be said of it. */
    public Match noting(String sentence) {
        return new Match(filing.noting(sentence), candidates, outcomes);
    }
}
