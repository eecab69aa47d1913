"""How dates are written at the desk where Django has no pattern of a language, or an ambiguous one."""
