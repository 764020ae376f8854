/**
 * From the texts of a servers transport to the TLS that is spoken with its servers. What is wrong
 * with a text is a {@link dev.evenkeel.config.tls.MaterialException}, which never repeats it.
 *
 * <p>Start here: {@link dev.evenkeel.config.tls.TransportTls}.
 */
@NullMarked
package dev.evenkeel.config.tls;

import org.jspecify.annotations.NullMarked;
