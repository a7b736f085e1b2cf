/** What Twilio is told to answer: the site's text response, once in a while, and its call response. */
@NullMarked
package org.casewire.ingest.answer;

import org.jspecify.annotations.NullMarked;
