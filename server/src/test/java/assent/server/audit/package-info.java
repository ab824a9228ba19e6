@org.jspecify.annotations.NullMarked
package assent.server.audit;
