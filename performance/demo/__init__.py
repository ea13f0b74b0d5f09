"""A made-up county: nobody in it exists. One seed, one county; histories make sense and end on the demo's own date."""
