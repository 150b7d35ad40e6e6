/**
 * The scalar functions of the rules' language, a class for each family, with the names and the semantics of LF Edge eKuiper 2.4; {@link
 * org.headgate.rule.library.Library} lists them.
 *
 * <p>Numbers are computed without boxing; texts, arrays, structs, times and values of any type are boxed. A null argument gives null unless
 * the function says otherwise; what cannot be computed is null and counted ({@link org.headgate.rule.functions.Frame#fail}). Results are
 * bounded: an array has 100,000 elements at most, a text 1,048,576 characters.
 */
@Export
@Version("1.0.0")
package org.headgate.rule.library;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
