/** Tries rules on recordings and on the history: what they would put out, cost and save. */
package org.headgate.rule.trial;
