// Tests follow.
import FastCGI
