import "instant-card";

const element = document.createElement("instant-card");
element.setAttribute("api-base", new URLSearchParams(location.search).get("api-base"));
document.getElementById("place").append(element);
